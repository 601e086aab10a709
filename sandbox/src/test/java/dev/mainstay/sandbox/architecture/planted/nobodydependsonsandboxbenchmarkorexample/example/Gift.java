package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.example;

public final class Gift {}
