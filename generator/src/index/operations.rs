//! The items of the method chain: namespaces, methods, requests and their parameters.

use super::{Facts, FunctionParameter, Index, Kind, argument, below, places};
use crate::api::{
    ArgumentType, Arm, Choice, Conversion, FieldOwner, Name, Namespace, Operation, Presence, Step,
};

impl Index<'_> {
    /// Adds the namespaces in the module `above`. Methods of `owner` return them.
    pub(super) fn namespaces(&mut self, namespaces: &[Namespace], above: &str, owner: &str) {
        for namespace in namespaces {
            let words = namespace.path.join(".");
            let module = below(above, &namespace.module);
            let path = below(&module, &namespace.name);
            let link = Facts::function(Vec::new(), path.clone());
            self.add(Kind::Link, below(owner, &namespace.function), &words, link);
            self.add(Kind::Module, module.clone(), &words, Facts::name());
            self.add(Kind::Namespace, path.clone(), &words, Facts::name());
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
        let request = below(above, &operation.request);
        self.add(Kind::Module, module.clone(), &at, Facts::name());
        let described = Facts::function(self.arguments(operation, &module), request.clone());
        self.add(Kind::Method, method.clone(), &at, described.of_operation(operation));
        let sent = Facts::call(self.type_names.output(operation));
        self.add(Kind::Request, request.clone(), &at, sent);
        self.paging_and_polling(operation, &request, owner);
        for parameter in &operation.parameters {
            let at = places::parameter(operation, parameter);
            let sent = Facts::sent(parameter);
            self.parameter(&parameter.field, FieldOwner::Request, &method, &request, &at, &sent);
        }
        for choice in &operation.choices {
            self.choice(operation, choice, &module, &method, &request);
        }
        for failure in &operation.failures {
            // An inline error type already has this name.
            if !matches!(failure.ty.steps.last(), Some(Step::Failure(_))) {
                let at = at.child("responses").child(&failure.status);
                let facts = Facts::alias(self.type_names.path(&failure.ty));
                self.add(Kind::Alias, below(&module, &failure.name), &at, facts);
            }
        }
    }

    /// Adds the methods for pagination and polling.
    fn paging_and_polling(&mut self, operation: &Operation, request: &str, owner: &str) {
        let at = places::operation(operation);
        let returns = |name: &str, ty: String| Facts::function(Vec::new(), format!("{name}<{ty}>"));
        if let Some(pagination) = &operation.pagination {
            let item = self.type_names.ty(&pagination.item);
            let facts = returns("Pages", item.clone());
            self.add(Kind::Pages, format!("{request}::pages"), &at, facts);
            self.add(Kind::Items, format!("{request}::items"), &at, returns("Items", item));
        }
        let Some(wait) = &operation.wait else { return };
        let waited = self.type_names.polled(operation, wait);
        self.add(Kind::Wait, format!("{request}::wait"), &at, returns("Poller", waited.clone()));
        if let Some(polling) = &operation.polling {
            let parameter = operation.parameter(&polling.parameter);
            let parameter = parameter
                .map(|parameter| self.type_names.parameter(&parameter.field, FieldOwner::Request));
            let facts =
                Facts::function(parameter.into_iter().collect(), format!("Poller<{waited}>"));
            self.add(Kind::Poll, below(owner, &polling.function), &at, facts);
        }
    }

    /// The arguments of the method of an operation.
    fn arguments(&self, operation: &Operation, module: &str) -> Vec<FunctionParameter> {
        let fields = operation.parameters.iter().map(|parameter| &parameter.field);
        let fields = fields.filter(|field| field.presence.is_argument());
        let choices = operation.choices.iter().filter(|one| one.presence != Presence::Optional);
        let fields = fields.map(|field| self.type_names.parameter(field, FieldOwner::Request));
        fields.chain(choices.map(|choice| choice_parameter(choice, module))).collect()
    }

    fn choice(
        &mut self,
        operation: &Operation,
        choice: &Choice,
        module: &str,
        method: &str,
        request: &str,
    ) {
        let at = places::choice(operation, choice);
        let path = below(module, &choice.name);
        let parameter = choice_parameter(choice, module);
        if choice.presence == Presence::Optional {
            let setter = below(request, &choice.argument);
            let facts = Facts::setter(parameter).described(&choice.docs);
            self.add(Kind::Setter, setter, &at, facts);
        } else {
            let facts = Facts::argument(&parameter).described(&choice.docs);
            self.add(Kind::Argument, argument(method, &choice.argument), &at, facts);
        }
        for arm in &choice.arms {
            let at = places::variant(&at, &arm.word);
            let facts = Facts::variant(self.type_names.payload(&arm.payload)).of_arm(arm);
            self.add(Kind::Variant, below(&path, &arm.name), &at, facts);
        }
        let by_type = choice.arms.iter().filter(|arm| arm.conversion != Conversion::Named);
        let from = by_type.filter_map(|arm: &Arm| self.type_names.payload(&arm.payload));
        let by_text = choice.arms.iter().filter(|arm| arm.conversion == Conversion::ByText);
        let from = from.chain(by_text.map(|_| "&str".to_owned())).collect();
        self.add(Kind::Choice, path, &at, Facts::ty(from).described(&choice.docs));
    }
}

fn choice_parameter(choice: &Choice, module: &str) -> FunctionParameter {
    let name = choice.argument.as_str().to_owned();
    FunctionParameter { name, how: ArgumentType::Into, ty: below(module, &choice.name) }
}
