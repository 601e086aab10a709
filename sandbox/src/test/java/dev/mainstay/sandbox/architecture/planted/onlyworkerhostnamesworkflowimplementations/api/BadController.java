package dev.mainstay.sandbox.architecture.planted.onlyworkerhostnamesworkflowimplementations.api;

import dev.mainstay.sandbox.architecture.planted.onlyworkerhostnamesworkflowimplementations.workflows.ContractImpl;

record BadController(ContractImpl wrong) {}
