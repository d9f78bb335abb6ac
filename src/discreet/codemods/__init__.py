"""The fixes as commands of ``libcst.codemod``, for teams that run codemods already."""
