export declare function withLock<Result>(work: () => Promise<Result>): Promise<Result>
