package dev.mainstay.sandbox.architecture.planted.nothingisinjectedintofields.worker;

import org.springframework.beans.factory.annotation.Value;

final class BadHost {

  @Value("${slots}")
  private int slots;

  int slots() {
    return slots;
  }
}
