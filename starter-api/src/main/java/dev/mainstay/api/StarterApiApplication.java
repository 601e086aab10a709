package dev.mainstay.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The REST starter, a process of its own in production. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StarterApiApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(StarterApiApplication.class, arguments);
  }
}
