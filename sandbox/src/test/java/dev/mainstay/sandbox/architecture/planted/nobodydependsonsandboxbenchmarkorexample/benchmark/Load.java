package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.benchmark;

public final class Load {}
