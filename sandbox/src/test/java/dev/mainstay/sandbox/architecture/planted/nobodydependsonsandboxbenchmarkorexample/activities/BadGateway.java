package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.activities;

import dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.sandbox.Simulator;

record BadGateway(Simulator wrong) {}
