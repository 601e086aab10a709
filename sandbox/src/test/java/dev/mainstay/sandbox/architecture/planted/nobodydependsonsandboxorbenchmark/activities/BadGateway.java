package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxorbenchmark.activities;

import dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxorbenchmark.sandbox.Simulator;

record BadGateway(Simulator wrong) {}
