package shop.okhttp3;

/** As a build names OkHttp's that puts its classes elsewhere. */
public final class OkHttpClient {}
