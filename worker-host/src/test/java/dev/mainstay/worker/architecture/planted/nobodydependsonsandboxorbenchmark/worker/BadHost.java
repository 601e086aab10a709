package dev.mainstay.worker.architecture.planted.nobodydependsonsandboxorbenchmark.worker;

import dev.mainstay.worker.architecture.planted.nobodydependsonsandboxorbenchmark.benchmark.Load;

record BadHost(Load wrong) {}
