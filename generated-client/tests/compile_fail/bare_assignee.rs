//! A text does not say whether it names a user or an identity.

use seam_client::Seam;

fn main() {
    let seam = Seam::from_env().unwrap();
    let _ = seam.acs().credentials().assign("credential", "user");
}
