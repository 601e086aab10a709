package dev.mainstay.worker.architecture.planted.onlyworkerhostnamesworkflowimplementations.activities;

import dev.mainstay.worker.architecture.planted.onlyworkerhostnamesworkflowimplementations.workflows.ContractImpl;

record BadSteps(ContractImpl wrong) {}
