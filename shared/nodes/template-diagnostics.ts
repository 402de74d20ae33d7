import type { Diagnostic } from '../diagnostics.ts';
import { templateFault } from '../messages/index.ts';
import type { Words } from '../words.ts';

/**
 * `template-invalid`: a template cannot be parsed; the message says where.
 *
 * @param templates by the name of their field in the config; absent ones are no mistake
 */
export const templateDiagnostics = (
  templates: Readonly<Record<string, { readonly text: string | undefined; readonly label: Words }>>,
  nodeId: string,
): Diagnostic[] =>
  Object.entries(templates).flatMap(([name, { text, label }]) => {
    const fault = text === undefined ? undefined : templateFault(text);
    if (!fault) return [];
    return [
      {
        code: 'template-invalid',
        severity: 'error' as const,
        node: nodeId,
        field: `config.${name}`,
        message: {
          zh: `${label.zh}第 ${fault.line} 行第 ${fault.column} 列写得不对：${fault.message}。`,
          en: `The ${label.en} has a mistake in line ${fault.line}, column ${fault.column}: ${fault.message}.`,
        },
        next: { zh: '检查这里的花括号、标签和过滤器名。', en: 'Check braces, tags and filter names there.' },
      },
    ];
  });
