import type { AppFace } from "../../packages/server/src/ui/index.ts";

function picture(drawing: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#7d7a70">${drawing}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export const storyteller: AppFace = { name: "Storyteller", host: "storyteller.example" };

export const fieldnotes: AppFace = {
  name: "Fieldnotes",
  host: "fieldnotes.example",
  verifiedHost: "fieldnotes.example",
  logoUrl: picture(
    '<path d="M4.2 21c.3-3.3 1.5-6.2 4.3-8.8l4.2-3.6-.9-1.1-4.1 3.6C5.8 12.7 4.6 14.5 3.8 16.4 2.5 8.7 8.5 3.3 20.5 3.5c.2 10.6-4.7 16-11.6 15.2-1.2-.1-2.1-.5-2.7-.9L5.8 21H4.2Z"/>',
  ),
};

export const quarry: AppFace = { name: "Quarry", host: "quarry.example", verifiedHost: "quarry.example" };

export const localTool: AppFace & { loopback: boolean } = {
  name: "Acme CLI on maya-laptop",
  host: "localhost:8976",
  loopback: true,
};

export const longName: AppFace = {
  name: "Donaudampfschifffahrtsgesellschaftskapitänsmützen-Verwaltung AG",
  host: "a-very-long-subdomain-for-a-story-app.eu-central.storyteller.example",
  verifiedHost: "a-very-long-subdomain-for-a-story-app.eu-central.storyteller.example",
};
