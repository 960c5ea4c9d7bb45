// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy as a process on loopback, which keeps its objects in memory; one for all tests of a JVM. */
final class TestS3 {

    static final String BUCKET = "millrace";

    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static @Nullable TestS3 shared;

    private final URI endpoint;

    private TestS3(URI endpoint) {
        this.endpoint = endpoint;
    }

    static synchronized TestS3 shared() throws IOException {
        TestS3 server = shared;
        if (server == null) {
            server = start();
            shared = server;
            try (S3Client client = server.client()) {
                client.createBucket(request -> request.bucket(BUCKET));
            }
        }
        return server;
    }

    private static TestS3 start() throws IOException {
        Path jars = Path.of("target", "s3proxy.classpath");
        if (!Files.exists(jars)) {
            throw new IOException(jars.toAbsolutePath() + " is not there; Maven writes it in generate-test-resources");
        }
        URI endpoint = URI.create("http://127.0.0.1:" + freePort());
        Path settings = Files.createTempFile("s3proxy", ".properties");
        Files.writeString(
                settings,
                "s3proxy.endpoint=" + endpoint + "\ns3proxy.authorization=none\njclouds.provider=transient-nio2\n"
                        + "jclouds.identity=nobody\njclouds.credential=nothing\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dlogback.configurationFile="
                                + Objects.requireNonNull(TestS3.class.getResource("/s3proxy-logback.xml")),
                        "-cp",
                        Files.readString(jars).strip(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "s3proxy-end"));
        awaitStarted(process);
        Files.delete(settings);
        return new TestS3(endpoint);
    }

    private static void awaitStarted(Process process) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Started ServerConnector") || line.contains("Started ogsoejs.ServerConnector")) {
                Thread drain = new Thread(() -> output.lines().forEach(more -> {}), "s3proxy-output");
                drain.setDaemon(true);
                drain.start();
                return;
            }
        }
        throw new IOException("S3Proxy did not start:\n" + said);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A prefix that nobody has used. */
    static String prefix() {
        return "test-" + PREFIXES.incrementAndGet();
    }

    /** A client that sends what the interceptors let through. */
    S3Client client(ExecutionInterceptor... interceptors) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(config -> {
                    for (ExecutionInterceptor interceptor : interceptors) {
                        config.addExecutionInterceptor(interceptor);
                    }
                })
                .build();
    }

    /** Makes a server of one that does not know If-None-Match. */
    static ExecutionInterceptor ignoringConditions() {
        return new ExecutionInterceptor() {
            @Override
            public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
                return context.httpRequest().toBuilder()
                        .removeHeader("If-None-Match")
                        .build();
            }
        };
    }
}
