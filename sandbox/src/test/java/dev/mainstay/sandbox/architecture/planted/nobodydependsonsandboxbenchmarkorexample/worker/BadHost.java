package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.worker;

import dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.benchmark.Load;

record BadHost(Load wrong) {}
