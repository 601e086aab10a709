package dev.mainstay.sandbox.architecture.planted.onlyworkerhostnamesworkflowimplementations.activities;

import dev.mainstay.sandbox.architecture.planted.onlyworkerhostnamesworkflowimplementations.workflows.ContractImpl;

record BadSteps(ContractImpl wrong) {}
