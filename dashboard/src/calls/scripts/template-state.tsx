/** Whether a template is in use. */
export function TemplateState({ retired }: { readonly retired: boolean }) {
  return <span class={retired ? 'tag bad' : 'tag good'}>{retired ? 'Retired' : 'In use'}</span>
}
