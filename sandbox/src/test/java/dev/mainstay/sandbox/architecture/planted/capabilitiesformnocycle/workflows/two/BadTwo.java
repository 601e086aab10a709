package dev.mainstay.sandbox.architecture.planted.capabilitiesformnocycle.workflows.two;

import dev.mainstay.sandbox.architecture.planted.capabilitiesformnocycle.workflows.one.BadOne;

public record BadTwo(BadOne one) {}
