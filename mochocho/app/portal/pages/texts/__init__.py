"""ข้อความในหนังสือและวาระ: texts of a meeting's papers, edited beside the page that they make."""
