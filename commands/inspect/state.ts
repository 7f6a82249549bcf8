import type { DefineCommand } from '../define-command.ts'

/** Defines `scoreline state`, which reads a key's state from the changelog, without access to the task's machine. */
export const defineState: DefineCommand = (command, context) => {
  command
    .argument('<processor>', 'its name; docs/topology.md lists them, and so does the error for an unknown one')
    .argument('<key>', 'a customer, an account, a salesperson, …')
    .action(async (name: string, key: string) => (await import('./print-state.ts')).printState(context(), name, key))
}
