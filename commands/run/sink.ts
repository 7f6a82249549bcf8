import type { DefineCommand } from '../define-command.ts'

export const defineSink: DefineCommand = (command, context) => {
  command.action(async () => (await import('./run-sink.ts')).runSink(context()))
}
