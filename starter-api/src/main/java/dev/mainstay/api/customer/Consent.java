package dev.mainstay.api.customer;

import dev.mainstay.workflows.notification.Channel;

/** Whether a customer may be told something for a purpose on a channel. */
record Consent(Channel channel, Purpose purpose, boolean granted) {}
