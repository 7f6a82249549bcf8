import { title } from './format.ts'

/** The wording of a state, and how it looks. */
export interface Label {
  readonly label: string
  readonly tone: 'good' | 'warn' | 'bad' | ''
}

/** Returns the label of a state; of one that the page does not know, its name. */
export function labelOf(labels: Readonly<Record<string, Label>>, state: string): Label {
  return labels[state] ?? { label: title(state), tone: '' }
}
