package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.api;

import dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.example.Gift;

record BadController(Gift wrong) {}
