package dev.mainstay.sandbox.architecture.planted.nobodydependsonsandboxbenchmarkorexample.sandbox;

public final class Simulator {}
