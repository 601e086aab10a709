package dev.mainstay.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Runs a worker host. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WorkerHostApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(WorkerHostApplication.class, arguments);
  }
}
