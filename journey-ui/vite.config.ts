import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { kindIcons } from './kind-icons.ts';

const api = { target: process.env.PERGOLA_API ?? 'http://127.0.0.1:4000', changeOrigin: false };

/** The console. Built to dist/console at the repository's root; in development its API calls go to a running stack. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), kindIcons()],
  server: {
    proxy: { '/api': api, '/v1': api, '/_local': api },
    fs: { allow: ['..'] },
  },
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component|@emotion)\// },
            { name: 'flow', test: /node_modules\/(@xyflow|d3-)/ },
            { name: 'react', test: /node_modules\/(react|react-dom|react-router|scheduler)\// },
          ],
        },
      },
    },
  },
});
