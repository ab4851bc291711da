/** What the tests use of DuckDB's binding, which `make test-sql` alone installs: types are checked without it. */
declare module "@duckdb/node-api" {
  export class DuckDBInstance {
    static create(): Promise<DuckDBInstance>;
    connect(): Promise<DuckDBConnection>;
  }

  interface DuckDBConnection {
    run(sql: string): Promise<unknown>;
    runAndReadAll(sql: string): Promise<{ getRowObjects(): Record<string, unknown>[] }>;
    closeSync(): void;
  }
}
