package dev.mainstay.sandbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that hold secrets: only their owner may read them, and no reader ever sees half of one. */
public final class PrivateFile {

  private PrivateFile() {}

  public static void write(Path path, String content) {
    try {
      // createTempFile gives the owner alone any right
      Path whole = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".new");
      Files.writeString(whole, content);
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
