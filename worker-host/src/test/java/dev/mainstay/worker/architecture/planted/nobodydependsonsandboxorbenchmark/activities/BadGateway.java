package dev.mainstay.worker.architecture.planted.nobodydependsonsandboxorbenchmark.activities;

import dev.mainstay.worker.architecture.planted.nobodydependsonsandboxorbenchmark.sandbox.Simulator;

record BadGateway(Simulator wrong) {}
