package dev.mainstay.activities.notification.gateway;

/**
 * A gateway's answer to a message.
 *
 * <p>A gateway that was certainly not reached, or says "not now", is an exception: nothing was
 * done, and it may be asked again.
 */
public sealed interface Delivery {

  /**
   * The message is on its way.
   *
   * @param providerId the provider's id of the message
   */
  record Accepted(String providerId) implements Delivery {}

  /**
   * A final no: asking again will not help.
   *
   * @param said the provider's code, without an address or a name
   */
  record Refused(Why why, String said) implements Delivery {

    /** Why a message was refused. */
    public enum Why {
      /** The recipient wants no messages of this channel any more. */
      STOPPED,
      /** The device has removed the app, or has another token now. */
      GONE,
      /** There is no such address or number. */
      ADDRESS,
      /** Any other final no. */
      REJECTED
    }
  }

  /**
   * It may be on its way.
   *
   * @param said what is known of it, without an address or a name
   */
  record Unknown(String said) implements Delivery {}
}
