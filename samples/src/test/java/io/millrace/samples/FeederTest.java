// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeederTest {

    private final Console console = Console.open();

    @AfterEach
    void giveBackTheConsole() {
        console.close();
    }

    @Test
    void saysTheScriptToOneClientAfterTheOther() throws Exception {
        Thread feeder = console.start(new Feeder(), "--port", "0", "--interval", "20ms");
        for (int i = 0; i < 2; i++) {
            try (Socket client = connect()) {
                BufferedReader lines = reader(client);

                assertThat(lines.readLine()).isEqualTo("blue blue blue blue blue green green green");
                assertThat(lines.readLine()).isEqualTo("gohawks");
                assertThat(lines.readLine()).isEqualTo("green green");
            }
        }
        feeder.interrupt();
        feeder.join();
    }

    @Test
    void saysReadingsOfSensorsSeveralAtOnce() throws Exception {
        Thread feeder = console.start(new Feeder(), "--port", "0", "--interval", "20ms", "--say", "sensors");
        try (Socket client = connect()) {
            BufferedReader lines = reader(client);

            for (int i = 0; i < 12; i++) {
                assertThat(lines.readLine()).matches("pump-[1-8](,-?\\d+\\.\\d\\d){4}");
            }
        }
        feeder.interrupt();
        feeder.join();
    }

    @Test
    void saysWhatIsTypedUntilTheEndOfInput() throws Exception {
        InputStream formerIn = System.in;
        System.setIn(new ByteArrayInputStream("one\n\ntwo words".getBytes(StandardCharsets.UTF_8)));
        try {
            Thread feeder = console.start(new Feeder(), "--port", "0", "--typed");
            try (Socket client = connect()) {
                assertThat(reader(client).lines()).containsExactly("one", "", "two words");
            }
            feeder.join();
        } finally {
            System.setIn(formerIn);
        }
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int code = console.run(new Feeder(), "--port", String.valueOf(taken.getLocalPort()));

            assertThat(console.err()).contains("Feeder: cannot listen on port " + taken.getLocalPort());
            assertThat(code).isEqualTo(1);
        }
    }

    private Socket connect() throws IOException, InterruptedException {
        console.awaitErr("\n");
        String listening = console.err().lines().findFirst().orElseThrow();
        int port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static BufferedReader reader(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    }
}
