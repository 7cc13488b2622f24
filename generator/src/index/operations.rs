//! The names of the method chain, and of what a call is made with.

use super::{Index, Kind, argument, below, places};
use crate::api::{Choice, Namespace, Operation, Presence, Step};

impl Index<'_> {
    /// The namespaces in the module `above`, to which methods of `owner` lead.
    pub(super) fn namespaces(&mut self, namespaces: &[Namespace], above: &str, owner: &str) {
        for namespace in namespaces {
            let words = namespace.path.join(".");
            let module = below(above, &namespace.module);
            let path = below(&module, &namespace.name);
            self.add(Kind::Link, below(owner, &namespace.function), &words);
            self.add(Kind::Module, module.clone(), &words);
            self.add(Kind::Namespace, path.clone(), &words);
            for operation in &namespace.operations {
                self.operation(operation, &module, &path);
            }
            self.namespaces(&namespace.namespaces, &module, &path);
        }
    }

    fn operation(&mut self, operation: &Operation, above: &str, owner: &str) {
        let at = places::operation(operation);
        let module = below(above, &operation.module);
        let method = below(owner, &operation.function);
        let request = format!("{module}::Request");
        self.add(Kind::Module, module.clone(), &at);
        self.add(Kind::Method, method.clone(), &at);
        self.add(Kind::Request, request.clone(), &at);
        if operation.pagination.is_some() {
            self.add(Kind::Pages, format!("{request}::pages"), &at);
            self.add(Kind::Items, format!("{request}::items"), &at);
        }
        if operation.wait.is_some() {
            self.add(Kind::Wait, format!("{request}::wait"), &at);
        }
        if let Some(polling) = &operation.polling {
            self.add(Kind::Poll, below(owner, &polling.function), &at);
        }
        for parameter in &operation.parameters {
            let at = places::parameter(operation, parameter);
            self.parameter(&parameter.field, &method, &request, &at);
        }
        for choice in &operation.choices {
            self.choice(operation, choice, &module, &method);
        }
        for failure in &operation.failures {
            // What is inline has the name itself.
            if !matches!(failure.ty.steps.last(), Some(Step::Failure(_))) {
                let at = at.child("responses").child(&failure.status);
                self.add(Kind::Alias, below(&module, &failure.name), &at);
            }
        }
    }

    fn choice(&mut self, operation: &Operation, choice: &Choice, module: &str, method: &str) {
        let at = places::choice(operation, choice);
        let path = below(module, &choice.name);
        if choice.presence == Presence::Optional {
            let request = format!("{module}::Request");
            self.add(Kind::Setter, below(&request, &choice.argument), &at);
        } else {
            self.add(Kind::Argument, argument(method, &choice.argument), &at);
        }
        for arm in &choice.arms {
            let at = places::variant(&at, &arm.word);
            self.add(Kind::Variant, below(&path, &arm.name), &at);
        }
        self.add(Kind::Choice, path, &at);
    }
}
