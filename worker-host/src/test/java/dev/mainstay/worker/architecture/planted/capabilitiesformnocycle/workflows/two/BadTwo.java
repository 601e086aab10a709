package dev.mainstay.worker.architecture.planted.capabilitiesformnocycle.workflows.two;

import dev.mainstay.worker.architecture.planted.capabilitiesformnocycle.workflows.one.BadOne;

public record BadTwo(BadOne one) {}
