import { stateText, type ProcessorState } from './processor-text.ts'

/** The state of a processor or a task; null: this process runs no task of it. */
export function State({ state }: { readonly state: ProcessorState | null }) {
  const { text, tone } = stateText(state)
  return <span class={`tag ${tone}`}>{text}</span>
}

/** Names of topics, which may break between each other. */
export function Topics({ names }: { readonly names: readonly string[] }) {
  return names.flatMap((name, index) => [...(index > 0 ? [', '] : []), <code key={name}>{name}</code>])
}
