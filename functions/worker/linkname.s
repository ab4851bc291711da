// Without an assembly file Go takes no function that has no body (runtimeEnv).
