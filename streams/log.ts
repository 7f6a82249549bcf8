export type LogLevel = 'info' | 'warn' | 'error'

/** Where lines for the operator go. Nothing secret and no customer's data may be in them. */
export type Log = (level: LogLevel, message: string) => void

export const quiet: Log = () => {}
