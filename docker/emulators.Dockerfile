# The emulated providers, one jar without Spring (so without its layers).
FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin herald \
 && mkdir -p /var/lib/herald && chown herald /var/lib/herald
COPY provider-emulators/target/provider-emulators-*-exec.jar /opt/herald/application.jar
USER 10001
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
ENTRYPOINT ["java", "-jar", "/opt/herald/application.jar"]
