package dev.latchkey.server.page;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knows what is of the issuer's own origin: the only pictures that pages show. A picture from elsewhere would tell that
 * server who signs in where.
 */
final class Origins {
    private static final int MAX_DATA = 48 * 1024;
    private static final Pattern PICTURE =
            Pattern.compile("data:image/(?:png|jpeg|gif|webp|svg\\+xml);base64,[A-Za-z0-9+/]+={0,2}");

    private final Optional<String> own;

    Origins(String issuer) {
        this.own = Links.origin(issuer);
    }

    boolean isOurOwnPicture(String address) {
        return isData(address)
                || (own.isPresent()
                        && Links.web(address).isPresent()
                        && Links.origin(address).equals(own));
    }

    private static boolean isData(String address) {
        return address.startsWith("data:")
                && address.length() <= MAX_DATA
                && PICTURE.matcher(address).matches();
    }
}
