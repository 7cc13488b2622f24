//! A credential is assigned to a user and to an identity at once.

use seam_client::Seam;
use seam_client::ids::{AcsUserId, UserIdentityId};

fn main() {
    let seam = Seam::from_env().unwrap();
    let user = AcsUserId::from("user");
    let identity = UserIdentityId::from("identity");
    let _ = seam.acs().credentials().assign("credential", user, identity);
}
