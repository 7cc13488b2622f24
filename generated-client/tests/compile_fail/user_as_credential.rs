//! The id of a user stands where that of the credential belongs.

use seam_client::Seam;
use seam_client::ids::AcsUserId;

fn main() {
    let seam = Seam::from_env().unwrap();
    let user = AcsUserId::from("user");
    let _ = seam.acs().credentials().assign(user.clone(), user);
}
