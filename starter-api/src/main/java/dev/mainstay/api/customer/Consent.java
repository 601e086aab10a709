package dev.mainstay.api.customer;

import dev.mainstay.workflows.notification.Channel;

/** Whether a customer agrees to messages for a purpose on a channel. */
record Consent(Channel channel, Purpose purpose, boolean granted) {}
