package dev.mainstay.sandbox.architecture.planted.onlyworkerhostnamesworkflowimplementations.workflows;

public final class ContractImpl implements Contract {

  @Override
  public void run() {}
}
