package dev.mainstay.sandbox.architecture.planted.capabilitiesformnocycle.workflows.one;

import dev.mainstay.sandbox.architecture.planted.capabilitiesformnocycle.workflows.two.BadTwo;

public record BadOne(BadTwo two) {}
