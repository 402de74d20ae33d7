/// <reference types="vite/client" />

declare module 'virtual:kind-icons' {
  import type { ComponentType } from 'react';

  export const ICONS: Readonly<Record<string, ComponentType<{ className?: string }>>>;
}
