import { useEffect, useRef } from 'react';
import { COMMANDS, type CommandContext } from './commands.ts';

/** Keys of the canvas; they keep silent while somebody types into a field or a dialog is open. */
export function useKeys(context: CommandContext): void {
  const latest = useRef(context);
  latest.current = context;
  useEffect(() => {
    const onKey = (e: KeyboardEvent): void => {
      const target = e.target as HTMLElement;
      const typing = target.closest?.(
        'input, textarea, select, [contenteditable], [role="dialog"], .ant-modal, .ant-select',
      );
      if (typing) return;
      const onControl = target.closest?.('button, a, [role="tab"]');
      if (onControl && (e.key === 'Enter' || e.key === 'Tab' || e.key === ' ')) return;
      const command = COMMANDS.find((c) => c.matches(e));
      if (!command) return;
      // A copy of selected text stays a copy of selected text.
      if (command.id === 'copy' && getSelection()?.toString()) return;
      e.preventDefault();
      command.perform(latest.current);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
