//! What every job that sends a mail does the same way: leave alone what needs no sending, hand the mail over between two steps at which
//! the crash tests stop, and turn a failure into what people see of the delivery.

use case::dispatch::Delivery;
use lettre::Message;
use store::jobs::Claim;

use crate::gateway::Gateway;
use crate::jobs::failure::Failure;

/// The steps before and after the mail server has the mail.
pub(crate) struct Steps {
    /// Nothing was handed over yet.
    pub(crate) before: &'static str,
    /// It was, and nothing says so yet.
    pub(crate) after: &'static str,
}

impl Gateway {
    /// Finishes the job of a mail that needs no sending: recalled before it left, or sent by a run that crashed after its commit.
    /// Gives whether that was so.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn needs_no_sending(&self, delivery: &Delivery, claim: &Claim) -> Result<bool, Failure> {
        match delivery {
            Delivery::Waiting | Delivery::Retrying { .. } => Ok(false),
            Delivery::Sent { .. } | Delivery::Failed { .. } | Delivery::Recalled { .. } => {
                let mut unit = self.store.begin().await?;
                unit.finish_job(claim).await?;
                unit.commit().await?;
                Ok(true)
            }
        }
    }

    /// Hands a mail to the mailer under `name`, when it could be written.
    ///
    /// # Errors
    /// It could not be written, or not be handed over.
    pub(crate) async fn hand_over(
        &self,
        name: &str,
        mail: Result<Message, Failure>,
        steps: &Steps,
    ) -> Result<(), Failure> {
        let message = mail?;
        self.step(steps.before);
        let sent = self.mailer.send(name, message).await;
        self.step(steps.after);
        sent
    }

    /// How a delivery stands after a failure, `most` being the attempts that its job has. Nothing when the job is another
    /// worker's by now.
    pub(crate) fn delivery_after(&self, failure: &Failure, claim: &Claim, most: u32) -> Option<Delivery> {
        let attempts = claim.job.attempts;
        match failure {
            Failure::Lost => None,
            Failure::Later(problem) if attempts < most => {
                Some(Delivery::Retrying { attempts, problem: problem.clone() })
            }
            Failure::Later(problem) | Failure::Never(problem) => {
                Some(Delivery::Failed { at: self.clock.now(), problem: problem.clone() })
            }
        }
    }
}
