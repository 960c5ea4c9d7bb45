// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** A real server on loopback, without a disk; empty at the beginning. */
final class TestRedis implements AutoCloseable {

    private final RedisServer server;
    private final int port;
    private final RedisClient client;

    private TestRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
        client = RedisClient.create("127.0.0.1", port);
    }

    static TestRedis start(String... settings) throws IOException {
        int port = freePort();
        var builder = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no");
        for (String setting : settings) {
            builder.setting(setting);
        }
        RedisServer server = builder.build();
        server.start();
        return new TestRedis(server, port);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    URI address() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** To look at what is there. */
    RedisClient client() {
        return client;
    }

    /** For what administrators do. */
    Jedis connection() {
        return new Jedis("127.0.0.1", port);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.stop();
    }
}
