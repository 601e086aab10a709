package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxorbenchmark.worker;

import dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxorbenchmark.benchmark.Load;

record BadHost(Load wrong) {}
