package dev.mainstay.worker.architecture.planted.capabilitiesformnocycle.workflows.one;

import dev.mainstay.worker.architecture.planted.capabilitiesformnocycle.workflows.two.BadTwo;

public record BadOne(BadTwo two) {}
