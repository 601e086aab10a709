package dev.mainstay.sandbox.architecture.planted.nothingisinjectedintofields.api;

import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Autowired;

final class BadController {

  @Autowired private InstantSource clock = InstantSource.system();

  InstantSource clock() {
    return clock;
  }
}
