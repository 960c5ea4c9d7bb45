// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import java.net.URI;
import java.util.function.Supplier;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Where a sink writes.
 *
 * @param description what may be printed
 * @param client opens a client
 */
record RedisServer(String description, Supplier<? extends UnifiedJedis> client) {

    private static final int CONNECT_MILLIS = 5_000;

    /** A large batch keeps the server busy for seconds. */
    private static final int REPLY_MILLIS = 60_000;

    /** The server at an address, whose password stays in here. */
    static RedisServer at(URI address) {
        String description = address.getScheme() + "://" + address.getHost() + ":" + address.getPort();
        if (!JedisURIHelper.isValid(address)
                || !("redis".equals(address.getScheme()) || JedisURIHelper.isRedisSSLScheme(address))) {
            throw new IllegalArgumentException(
                    "server must be redis://host:port or rediss://host:port, but is " + description);
        }
        int database = JedisURIHelper.getDBIndex(address);
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .user(JedisURIHelper.getUser(address))
                .password(JedisURIHelper.getPassword(address))
                .database(database)
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(REPLY_MILLIS);
        if (JedisURIHelper.isRedisSSLScheme(address)) {
            config.sslOptions(SslOptions.defaults());
        }
        return new RedisServer(
                description + "/" + database,
                () -> RedisClient.builder()
                        .hostAndPort(JedisURIHelper.getHostAndPort(address))
                        .clientConfig(config.build())
                        .build());
    }

    UnifiedJedis open() {
        return client.get();
    }

    @Override
    public String toString() {
        return description;
    }
}
