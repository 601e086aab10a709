package dev.mainstay.worker.architecture.planted.onlyworkerhostnamesworkflowimplementations.api;

import dev.mainstay.worker.architecture.planted.onlyworkerhostnamesworkflowimplementations.workflows.ContractImpl;

record BadController(ContractImpl wrong) {}
