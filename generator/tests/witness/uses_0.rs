use client::*; use crate::kinds::{self, Itself};
// Client::lamps, link
pub fn f0_0(a0: &Client) -> api::lamps::Lamps { Client::lamps(a0) }
// api::lamps, module
pub use client::api::lamps as m1_0;
// api::lamps::Lamps, namespace
pub fn f2_0() -> () { kinds::link::<api::lamps::Lamps>() }
// api::lamps::Lamps::light, method
pub fn f3_0(a0: &api::lamps::Lamps, a1: bool, a2: f64, a3: Vec<String>, a4: String, a5: api::lamps::light::Which) -> api::lamps::LightRequest { api::lamps::Lamps::light(a0, a1, a2, a3, a4, a5) }
pub fn f3_1(a0: &api::lamps::Lamps, a1: bool, a2: i32, a3: Vec<String>, a4: String, a5: api::lamps::light::Which) -> api::lamps::LightRequest { api::lamps::Lamps::light(a0, a1, a2, a3, a4, a5) }
pub fn f3_2(a0: &api::lamps::Lamps, a1: bool, a2: f64, a3: [&str; 1], a4: String, a5: api::lamps::light::Which) -> api::lamps::LightRequest { api::lamps::Lamps::light(a0, a1, a2, a3, a4, a5) }
pub fn f3_3(a0: &api::lamps::Lamps, a1: bool, a2: f64, a3: [&String; 1], a4: String, a5: api::lamps::light::Which) -> api::lamps::LightRequest { api::lamps::Lamps::light(a0, a1, a2, a3, a4, a5) }
pub fn f3_4(a0: &api::lamps::Lamps, a1: bool, a2: f64, a3: Vec<String>, a4: Option<String>, a5: api::lamps::light::Which) -> api::lamps::LightRequest { api::lamps::Lamps::light(a0, a1, a2, a3, a4, a5) }
pub fn f3_5(a0: &api::lamps::Lamps, a1: bool, a2: f64, a3: Vec<String>, a4: String, a5: ids::LampId) -> api::lamps::LightRequest { api::lamps::Lamps::light(a0, a1, a2, a3, a4, a5) }
pub fn f3_6(a0: &api::lamps::Lamps, a1: bool, a2: f64, a3: Vec<String>, a4: String, a5: &str) -> api::lamps::LightRequest { api::lamps::Lamps::light(a0, a1, a2, a3, a4, a5) }
// api::lamps::LightRequest, request
pub fn f4_0() -> () { kinds::request::<api::lamps::LightRequest>() }
pub fn f4_1(a0: api::lamps::LightRequest) -> ResponseFuture<Vec<models::Lamp>> { api::lamps::LightRequest::send(a0) }
pub fn f4_2(a0: api::lamps::LightRequest) -> ResponseFuture<Response<Vec<models::Lamp>>> { api::lamps::LightRequest::response(a0) }
pub fn f4_3(a0: api::lamps::LightRequest, a1: CallOptions) -> api::lamps::LightRequest { api::lamps::LightRequest::options(a0, a1) }
// api::lamps::LightRequest::after, setter
pub fn f5_0(a0: api::lamps::LightRequest, a1: String) -> api::lamps::LightRequest { api::lamps::LightRequest::after(a0, a1) }
pub fn f5_1(a0: api::lamps::LightRequest, a1: &str) -> api::lamps::LightRequest { api::lamps::LightRequest::after(a0, a1) }
pub fn f5_2(a0: api::lamps::LightRequest, a1: &String) -> api::lamps::LightRequest { api::lamps::LightRequest::after(a0, a1) }
// api::lamps::LightRequest::colour, setter
pub fn f6_0(a0: api::lamps::LightRequest, a1: api::lamps::light::Colour) -> api::lamps::LightRequest { api::lamps::LightRequest::colour(a0, a1) }
pub fn f6_1(a0: api::lamps::LightRequest, a1: &str) -> api::lamps::LightRequest { api::lamps::LightRequest::colour(a0, a1) }
pub fn f6_2(a0: api::lamps::LightRequest, a1: String) -> api::lamps::LightRequest { api::lamps::LightRequest::colour(a0, a1) }
pub fn f6_3(a0: api::lamps::LightRequest, a1: &String) -> api::lamps::LightRequest { api::lamps::LightRequest::colour(a0, a1) }
// api::lamps::LightRequest::colour_null, null setter
pub fn f7_0(a0: api::lamps::LightRequest) -> api::lamps::LightRequest { api::lamps::LightRequest::colour_null(a0) }
// api::lamps::LightRequest::items, items
pub fn f8_0(a0: api::lamps::LightRequest) -> Items<models::Lamp> { api::lamps::LightRequest::items(a0) }
// api::lamps::LightRequest::pages, pages
pub fn f9_0(a0: api::lamps::LightRequest) -> Pages<models::Lamp> { api::lamps::LightRequest::pages(a0) }
// api::lamps::LightRequest::shade, setter
pub fn f10_0(a0: api::lamps::LightRequest, a1: api::lamps::light::Shade) -> api::lamps::LightRequest { api::lamps::LightRequest::shade(a0, a1) }
// api::lamps::light, module
pub use client::api::lamps::light as m11_0;
// api::lamps::light::Colour, enum
pub fn f12_0() -> () { kinds::text::<api::lamps::light::Colour>() }
pub fn f12_1(a0: &api::lamps::light::Colour) -> &str { api::lamps::light::Colour::as_str(a0) }
pub fn f12_2(a0: String) -> api::lamps::light::Colour { api::lamps::light::Colour::Unrecognized(a0) }
pub fn f12_3(a0: api::lamps::light::Colour) -> Option<String> { match a0 { api::lamps::light::Colour::Unrecognized(value) => Some(value), _ => None } }
impl Itself for api::lamps::light::Colour {}
// api::lamps::light::Colour::Red, variant
pub fn f13_0() -> api::lamps::light::Colour { api::lamps::light::Colour::Red }
pub fn f13_1(a0: api::lamps::light::Colour) -> bool { match a0 { api::lamps::light::Colour::Red => true, _ => false } }
// api::lamps::light::Shade, struct
pub fn f14_0() -> () { kinds::json::<api::lamps::light::Shade>() }
pub fn f14_1(a0: api::lamps::light::Shade) -> () { let api::lamps::light::Shade { .. } = a0; }
impl Itself for api::lamps::light::Shade {}
// api::lamps::light::Shade::new, constructor
pub fn f15_0(a0: i128) -> api::lamps::light::Shade { api::lamps::light::Shade::new(a0) }
pub fn f15_1(a0: i64) -> api::lamps::light::Shade { api::lamps::light::Shade::new(a0) }
pub fn f15_2(a0: i32) -> api::lamps::light::Shade { api::lamps::light::Shade::new(a0) }
// api::lamps::light::Shade::size, field
pub fn f16_0(a0: api::lamps::light::Shade) -> i128 { a0.size }
// api::lamps::light::Which, choice
pub fn f17_0() -> () { kinds::choice::<api::lamps::light::Which>() }
pub fn f17_1(a0: ids::LampId) -> api::lamps::light::Which { a0.into() }
pub fn f17_2(a0: &str) -> api::lamps::light::Which { a0.into() }
impl Itself for api::lamps::light::Which {}
// api::lamps::light::Which::Lamp, variant
pub fn f18_0(a0: ids::LampId) -> api::lamps::light::Which { api::lamps::light::Which::Lamp(a0) }
pub fn f18_1(a0: api::lamps::light::Which) -> Option<ids::LampId> { match a0 { api::lamps::light::Which::Lamp(value) => Some(value), _ => None } }
// api::lamps::light::Which::Room, variant
pub fn f19_0(a0: String) -> api::lamps::light::Which { api::lamps::light::Which::Room(a0) }
pub fn f19_1(a0: api::lamps::light::Which) -> Option<String> { match a0 { api::lamps::light::Which::Room(value) => Some(value), _ => None } }
// ids::LampId, id
pub fn f20_0() -> () { kinds::id::<ids::LampId>() }
pub fn f20_1(a0: &ids::LampId) -> &str { ids::LampId::as_str(a0) }
pub fn f20_2(a0: ids::LampId) -> String { ids::LampId::into_string(a0) }
impl Itself for ids::LampId {}
// models::Lamp, struct
pub fn f21_0() -> () { kinds::json::<models::Lamp>() }
pub fn f21_1(a0: models::Lamp) -> () { let models::Lamp { .. } = a0; }
impl Itself for models::Lamp {}
// models::Lamp::brightness, field
pub fn f22_0(a0: models::Lamp) -> Option<models::lamp::Brightness> { a0.brightness }
// models::Lamp::first, field
pub fn f23_0(a0: models::Lamp) -> Option<models::lamp::First> { a0.first }
// models::Lamp::lamp_id, field
pub fn f24_0(a0: models::Lamp) -> ids::LampId { a0.lamp_id }
// models::Lamp::second, field
pub fn f25_0(a0: models::Lamp) -> Option<models::lamp::Second> { a0.second }
// models::Lamp::state, field
pub fn f26_0(a0: models::Lamp) -> Option<models::lamp::State> { a0.state }
// models::lamp, module
pub use client::models::lamp as m27_0;
// models::lamp::Brightness, union
pub fn f28_0() -> () { kinds::json::<models::lamp::Brightness>() }
pub fn f28_1(a0: serde_json::Value) -> models::lamp::Brightness { models::lamp::Brightness::Unrecognized(a0) }
pub fn f28_2(a0: models::lamp::Brightness) -> Option<serde_json::Value> { match a0 { models::lamp::Brightness::Unrecognized(value) => Some(value), _ => None } }
pub fn f28_3(a0: String) -> models::lamp::Brightness { a0.into() }
pub fn f28_4(a0: &str) -> models::lamp::Brightness { a0.into() }
pub fn f28_5(a0: Vec<i128>) -> models::lamp::Brightness { a0.into() }
impl Itself for models::lamp::Brightness {}
// models::lamp::Brightness::List, variant
pub fn f29_0(a0: Vec<i128>) -> models::lamp::Brightness { models::lamp::Brightness::List(a0) }
pub fn f29_1(a0: models::lamp::Brightness) -> Option<Vec<i128>> { match a0 { models::lamp::Brightness::List(value) => Some(value), _ => None } }
// models::lamp::Brightness::Text, variant
pub fn f30_0(a0: String) -> models::lamp::Brightness { models::lamp::Brightness::Text(a0) }
pub fn f30_1(a0: models::lamp::Brightness) -> Option<String> { match a0 { models::lamp::Brightness::Text(value) => Some(value), _ => None } }
// models::lamp::First, struct
pub fn f31_0() -> () { kinds::json::<models::lamp::First>() }
pub fn f31_1(a0: models::lamp::First) -> () { let models::lamp::First { .. } = a0; }
impl Itself for models::lamp::First {}
// models::lamp::First::volts, field
pub fn f32_0(a0: models::lamp::First) -> Option<i128> { a0.volts }
// models::lamp::Second, alias
pub fn f33_0() -> () { kinds::json::<models::lamp::Second>() }
pub fn f33_1(a0: models::lamp::Second) -> () { let models::lamp::Second { .. } = a0; }
// models::lamp::Second, alias
pub fn f34_0(a0: models::lamp::Second) -> models::lamp::First { a0 }
// models::lamp::Second::volts, field
pub fn f35_0(a0: models::lamp::Second) -> Option<i128> { a0.volts }
// models::lamp::State, union
pub fn f36_0() -> () { kinds::json::<models::lamp::State>() }
pub fn f36_1(a0: serde_json::Value) -> models::lamp::State { models::lamp::State::Unrecognized(a0) }
pub fn f36_2(a0: models::lamp::State) -> Option<serde_json::Value> { match a0 { models::lamp::State::Unrecognized(value) => Some(value), _ => None } }
impl Itself for models::lamp::State {}
// models::lamp::State::Off, variant
pub fn f37_0(a0: models::lamp::state::Off) -> models::lamp::State { models::lamp::State::Off(a0) }
pub fn f37_1(a0: models::lamp::State) -> Option<models::lamp::state::Off> { match a0 { models::lamp::State::Off(value) => Some(value), _ => None } }
// models::lamp::State::On, variant
pub fn f38_0(a0: models::lamp::state::On) -> models::lamp::State { models::lamp::State::On(a0) }
pub fn f38_1(a0: models::lamp::State) -> Option<models::lamp::state::On> { match a0 { models::lamp::State::On(value) => Some(value), _ => None } }
// models::lamp::State::is, key
pub fn f39_0(a0: &models::lamp::State) -> Option<&str> { models::lamp::State::is(a0) }
// models::lamp::State::since, accessor
pub fn f40_0(a0: &models::lamp::State) -> Option<&DateTime> { models::lamp::State::since(a0) }
// models::lamp::state, module
pub use client::models::lamp::state as m41_0;
// models::lamp::state::Off, struct
pub fn f42_0() -> () { kinds::json::<models::lamp::state::Off>() }
pub fn f42_1(a0: models::lamp::state::Off) -> () { let models::lamp::state::Off { .. } = a0; }
impl Itself for models::lamp::state::Off {}
// models::lamp::state::Off::since, field
pub fn f43_0(a0: models::lamp::state::Off) -> DateTime { a0.since }
// models::lamp::state::On, alias
pub fn f44_0() -> () { kinds::json::<models::lamp::state::On>() }
pub fn f44_1(a0: models::lamp::state::On) -> () { let models::lamp::state::On { .. } = a0; }
// models::lamp::state::On, alias
pub fn f45_0(a0: models::lamp::state::On) -> models::lamp::state::Off { a0 }
// models::lamp::state::On::since, field
pub fn f46_0(a0: models::lamp::state::On) -> DateTime { a0.since }
// security::KEY, scheme
pub fn f47_0() -> Scheme { security::KEY }
